"""One small invented answer for each chart, as a table to read; names are as hostile as names can be.

A cell is JSON where it can be (numbers, true, lists), else a text; a dash is a missing value. Columns whose
every known value is an ISO date or time are read as times.
"""

from __future__ import annotations

import json
import re

import pandas as pd

from dashboard.queries.answer import Answer
from dashboard.theme import LIGHT

ARABIC = "الخليج"
LONG = "Confederation of Associations for the Preservation of Very Long Names"
WORN = LIGHT.wear(
    ("Post", "Kontinent", "Khaleej"),
    (("Post", 'The <b>Post</b> & Sons =HYPERLINK("x")'), ("Kontinent", "Kontinent"), ("Khaleej", ARABIC)),
)
TIME = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")
TABLES = {
    "volume": """
        day        | count | observed | outlets | gap   | low | high | times | above | surge | met | due  | ratio | ratio_low | ratio_high | q
        2024-06-01 | 4     | 2        | 2       | false | 2   | 6    | –     | false | –     | –   | –    | –     | –         | –          | –
        2024-06-02 | 12    | 2        | 2       | false | 2   | 6    | 3.0   | true  | 0     | 12  | 4.2  | 2.86  | 1.4       | 5.8        | 0.012
        2024-06-03 | –     | 0        | 2       | true  | 2   | 6    | –     | false | –     | –   | –    | –     | –         | –          | –
        2024-06-04 | 0     | 1        | 2       | false | –   | –    | –     | false | –     | –   | –    | –     | –         | –          | –""",
    "risen": """
        kind  | id     | name                         | first      | last       | observed | expected | ratio | low  | high | p      | q      | counts                     | begin      | actor_id | beside_id | story_id
        actor | img    | <img src=x onerror=alert(1)> | 2024-06-03 | 2024-06-04 | 1200     | 300.4    | 3.995 | 2.9  | 5.5  | 0.0    | 0.0001 | [150, NaN, 600, 600, 1, 2] | 2024-06-01 | img      |           |
        story | strike | LONG                         | 2024-05-30 | 2024-06-01 | 9        | 0.6      | 15.0  | 4.1  | 54.9 | 0.0002 | 0.0312 | [3, 0, 0, 1, 0, 0]         | 2024-06-01 |          |           | strike
        actor | rtl    | ARABIC                       | 2024-06-06 | 2024-06-06 | 6        | 1.0      | 6.0   | 2.01 | 17.9 | 0.0003 | 0.05   | [0, 0, NaN, 0, 0, 6]       | 2024-06-01 | img      | rtl       |""",
    "voice": """
        outlet    | count | share | low  | high
        Kontinent | 6     | 0.6   | 0.31 | 0.83
        Post      | 3     | 0.3   | 0.11 | 0.6
        Khaleej   | 1     | 0.1   | 0.02 | 0.4""",
    "leading": """
        story_id | title                        | count | days      | carried                                                                            | first     | lead | outlets
        strike   | <img src=x onerror=alert(1)> | 9     | [2, 6, 1] | {"Post": "carried", "Kontinent": "carried", "Khaleej": "not_observed"}             | Post      | 5400 | 2
        ferry    |                              | 2     | []        | {"Post": "not_carried", "Kontinent": "carried", "Khaleej": "carried"}              | tie       | –    | 2
        alone    | Only one & no other          | 1     | [1]       | {"Post": "not_carried", "Kontinent": "not_carried", "Khaleej": "carried"}          | Khaleej   | –    | 1
        undated  | No times                     | 2     | [0, 0]    | {"Post": "carried", "Kontinent": "carried", "Khaleej": "not_carried"}              | unknown   | –    | 2""",
    "changes": """
        what         | count | told                    | article_id | story_id
        New articles | 1200  | Post 1000 <b>           | a1         |
        New stories  | 2     | largest: Strike goes on |            | strike
        Gone         | 0     | nothing                 |            |""",
    "health": """
        outlet    | newest           | articles | statuses | whole | days | first_day  | age_hours | watched | quarantined
        Post      | 2024-06-24 07:18 | 9        | oopfn    | 2     | 5    | 2024-06-20 | 0.5       | true    | 0
        Kontinent | 2024-06-01 07:18 | 9        | ff       | 0     | 2    | 2024-06-23 | 560       | true    | 1200
        Khaleej   | 2024-06-24 07:18 | 2        |          | 0     | 0    | –          | 9         | false   | 0
        gone      | –                | 0        |          | 0     | 0    | –          | –         | false   | 0""",
    "stories-alone": """
        outlet    | stories | alone | long | share | low  | high
        Kontinent | 20      | 5     | 1    | 0.25  | 0.11 | 0.47
        Post      | 4       | 4     | 0    | –     | –    | –""",
    "copying": """
        outlet    | articles | copies | copied | low  | high | unsure
        Kontinent | 1200     | 300    | 0.25   | 0.2  | 0.31 | 0.01
        Post      | 12       | 0      | 0.0    | 0.0  | 0.0  | 0.0
        Khaleej   | 4        | 4      | –      | –    | –    | –""",
    "delays": """
        outlet    | stories | carried | foreign | unseen | first | tie | later | unknown | unobserved | curve                                                                                                  | median_least | median_most | median_low | median_high
        Kontinent | 1200    | 900     | 12      | 3      | 400   | 100 | 400   | 3       | 0          | [[0, 0.3, 0.4, 0.2, 0.5], [6, 0.4, 0.4, 0.3, 0.52], [24, 0.5, 0.6, 0.4, 0.7], [168, 0.7, 0.7, 0.6, 0.8]] | 12           | 24.2        | 6.4        | 80
        Post      | 20      | 4       | 0       | 0      | 0     | 4   | 0     | 0       | 2          | [[0, 0.0, 0.0, 0.0, 0.2], [6, 0.0, 0.2, 0.0, 0.4], [24, NaN, NaN, NaN, NaN], [168, NaN, NaN, NaN, NaN]]   | Infinity     | Infinity    | 0.5        | Infinity
        Khaleej   | 4       | 4       | 1       | 0      | 4     | 0   | 0     | 0       | 0          | –                                                                                                      | –            | –           | –          | –""",
    "skew": """
        story_id | title                        | group      | carried | foreign | unobserved | observed | rest_carried | rest_observed | share | skew  | skew_low | skew_high | state | outlets
        strike   | <img src=x onerror=alert(1)> | <b>agency  | 0       | 0       | 0          | 6        | 5            | 6             | 0.0   | -4.1  | -7.2     | -1.0      | blind |
        strike   | <img src=x onerror=alert(1)> | newspaper  | 5       | 0       | 2          | 6        | 0            | 6             | 0.833 | 4.1   | 1.0      | 7.2       | more  | Post~Kontinent
        strike   | <img src=x onerror=alert(1)> | online     | 1       | 3       | 1          | 2        | 5            | 9             | 0.5   | –     | –        | –         | few   | Khaleej
        ferry    |                              | <b>agency  | 2       | 0       | 0          | 6        | 5            | 5             | 0.333 | -3.0  | -5.9     | -0.1      | less  | Post
        ferry    |                              | newspaper  | 3       | 1       | 0          | 6        | 4            | 6             | 0.5   | -0.6  | -2.9     | 1.7       | open  | Post""",
    "outlet-profile": """
        outlet    | articles | languages    | words | words_low | words_high | minute | day | undated | revised | versions | changed | share | low  | high | observed | partial | gaps | longest
        Kontinent | 1200     | de 900, en 3 | 412.5 | 200       | 600.2      | 600    | 540 | 60      | 300     | 1.31     | 47.2    | 0.25  | 0.22 | 0.27 | 20       | 4       | 6    | 1
        Post      | 20       | en 20        | 100   | 90        | 110        | 20     | 0   | 0       | 0       | 1.0      | –       | 0.0   | 0.0  | 0.16 | 30       | 0       | 0    | 0
        Khaleej   | 4        | ar 4         | 100   | 90        | 110        | 0      | 4   | 0       | 0       | 1.0      | –       | –     | –    | –    | –        | –       | –    | –""",
    "rhythm": """
        outlet    | zone          | n  | unknown | hours                                                         | weekday | hour | share | low  | high
        Kontinent | Europe/Berlin | 12 | 1200    | [9, 0, 3, 0]                                                  | 6       | 0    | 0.25  | 0.09 | 0.53
        Khaleej   | UTC           | 3  | 0       | [1, 2]                                                        | –       | –    | –     | –    | –""",
    "agenda-stories": """
        outlet    | other     | overlap | low  | high | n    | other_n
        Kontinent | Khaleej   | –       | –    | –    | 1200 | 4
        Kontinent | Post      | 0.632   | 0.5  | 0.75 | 1200 | 12
        Khaleej   | Kontinent | –       | –    | –    | 4    | 1200
        Khaleej   | Post      | 0.0     | –    | –    | 10   | 12
        Post      | Kontinent | 0.632   | 0.5  | 0.75 | 12   | 1200
        Post      | Khaleej   | 0.0     | –    | –    | 12   | 10""",
    "churn": """
        subject | first      | last       | churn | low  | high | texts
        stories | 2024-06-03 | 2024-06-09 | –     | –    | –    | 1200
        stories | 2024-06-10 | 2024-06-16 | 0.8   | 0.7  | 0.9  | 40
        stories | 2024-06-17 | 2024-06-20 | 1.0   | –    | –    | 30
        actors  | 2024-06-10 | 2024-06-16 | 0.4   | 0.3  | 0.5  | 40
        actors  | 2024-06-17 | 2024-06-20 | 0.45  | 0.4  | 0.5  | 30""",
    "source-diversity": """
        outlet    | quotes | speakers | evenness | size | variety | variety_low | variety_high | effective | effective_low | effective_high
        Kontinent | 1200   | 300      | 0.9      | 18   | 14.2    | 12.0        | 16.4         | 11.1      | 9.2           | 13.0
        Post      | 20     | 20       | 1.0      | 18   | 18.0    | –           | –            | 18.0      | –             | –
        Khaleej   | 4      | 1        | –        | –    | –       | –           | –            | –         | –             | –""",
    "story-facts": """
        claim_id | fact                            | outlet    | article_id | at | state       | reason
        go-on    | The strike <b>will</b> go on.   | Post      | p          | 16 | carried     | –
        go-on    | The strike <b>will</b> go on.   | Kontinent | k          | 0  | carried     | –
        ferry    | The ferry waits.                | Post      | p          | 40 | carried     | –
        ferry    | The ferry waits.                | Kontinent | –          | –  | not carried | –
        quay     | The quay is <i>empty</i>.       | Post      | p          | 60 | carried     | –
        quay     | The quay is <i>empty</i>.       | Kontinent | k          | 9  | not sure    | alike
        fog      | Fog.                            | Post      | p          | 80 | carried     | –
        fog      | Fog.                            | Kontinent | –          | –  | not sure    | brief""",
    "story-telling": """
        outlet    | article_id | at | sentence | sentences | place | claim_id | text                          | fact           | outlets | apart | number
        Kontinent | k          | 0  | 1        | 3         | 0.0   | ferry    | The ferry <b>waits</b> still. | Ferries wait.  | 2       | 0.25  | 1
        Kontinent | k          | 30 | 2        | 3         | 0.5   | quay     | Quay & "shed".                | Quay & "shed". | 3       | 0.5   | 2
        Khaleej   | h          | 9  | 2        | 2         | 1.0   | quay     | The quay, too.                | Quay & "shed". | 3       | 0.5   | 2
        Post      | p          | 16 | 1        | 5         | 0.0   | alone    | Only <i>here</i>.             | Only here.     | 1       | 0.0   | –
        Post      | p          | 40 | 2        | 5         | 0.25  | ferry    | Ferries wait.                 | Ferries wait.  | 2       | 0.25  | 1
        Post      | p          | 90 | 5        | 5         | 1.0   | quay     | Quays are shut.               | Quay & "shed". | 3       | 0.5   | 2""",
    "story-conflicts": """
        claim_id | kind     | left_outlet | left_article | left_at | left                         | left_from | left_to | right_outlet | right_article | right_at | right                   | right_from | right_to
        go-on    | number   | Post        | p            | 16      | Some 400 <b>dockers</b> met. | 5         | 8       | Kontinent    | k             | 0        | 900 dockers met.        | 0          | 3
        ferry    | modality | Kontinent   | k            | 40      | The ferry will not sail.     | 15        | 18      | Post         | p             | 9        | The ferry sails at six. | 10         | 15
        quay     | update   | Post        | p            | 60      | Two were hurt.               | 0         | 3       | Kontinent    | k             | 70       | Five were hurt.         | 0          | 4""",
    "story-tones": """
        instrument | outlet    | tone  | low   | high | n  | articles
        textblob   | Post      | 0.1   | 0.05  | 0.2  | 12 | 3
        textblob   | Kontinent | -0.1  | -0.3  | 0.1  | 15 | 5
        gdelt      | Post      | 0.02  | 0.0   | 0.04 | 12 | 3
        gdelt      | Kontinent | 0.03  | 0.01  | 0.05 | 15 | 5
        stance     | Post      | -0.2  | -0.4  | 0.0  | 10 | 3
        stance     | Kontinent | –     | –     | –    | 4  | 2""",
    "story-labels": """
        actor_id | actor          | outlet    | wording                 | times | article_id | at
        union    | Dockers' Union | Post      | union                   | 7     | p          | 4
        union    | Dockers' Union | Post      | <i>strikers</i>         | 2     | p          | 60
        union    | Dockers' Union | Kontinent | the Union               | 1     | k          | 8
        port     | Port & Harbour | Kontinent | port                    | 3     | k          | 30""",
    "story-firsts": """
        outlet    | article_id | title          | published        | precision | origin   | timezone
        Post      | p          | Strike goes on | 2024-06-24 07:18 | minute    | metadata | Europe/London
        Kontinent | k          | <u>Streik      | 2024-06-24 00:00 | day       | dateline | Europe/Berlin
        Khaleej   | g          | Strike         | –                | none      | none     | –""",
    "story-pairs": """
        left                     | right                     | left_article | right_article | left_at | right_at | relation  | quoted | left_outlet | right_outlet
        The strike will go on.   | The strike went on.       | p            | k             | 0       | 4        | edited    | false  | Post        | Kontinent
        "We will not sign," he   | "We will not sign," he    | p            | k             | 40      | 44       | verbatim  | true   | Post        | Kontinent
        Only <b>here</b>.        | –                         | p            | –             | 80      | –        | only left | false  | Post        | Kontinent
        Perhaps <i>there</i>.    | –                         | p            | –             | 99      | –        | unsure left | false | Post       | Kontinent""",
    "story-passages": """
        left                  | right                  | left_article | right_article | left_at | right_at | tokens | quoted | left_outlet | right_outlet
        a bad programme of <b | a bad program of <b    | p            | k             | 7       | 9        | 17     | true   | Post        | Kontinent""",
    "story-events": """
        first_day  | value      | outlets | articles | outlet | article_id | at | sentence
        2024-06-24 | 2024-06-24 | 2       | 3        | Post   | p          | 16 | On Monday <b>it</b> began.
        2024-07-01 | 2024-07    | 1       | 1        | gone   | g          | 0  | It ends in July.""",
    "timeline-events": """
        story_id | first_day  | value      | outlets | articles | first_told | last_told  | through_story | story          | outlet    | told_on    | article_id | at | sentence                     | best_article | lag
        strike   | 2024-06-19 | 2024-06-19 | 2       | 3        | 2024-06-24 | 2024-07-02 | 0             | Strike <b>goes | Post      | 2024-06-24 | p          | 16 | On Monday <b>it</b> began.   | k            | 5
        strike   | 2024-06-19 | 2024-06-19 | 2       | 3        | 2024-06-24 | 2024-07-02 | 0             | Strike <b>goes | Kontinent | 2024-06-24 | k          | 20 | It began on Monday in Hull.  | k            | 5
        flood    | 1998-07-01 | 1998-07-01 | 1       | 1        | –          | –          | 1             |                | gone      | –          | g          | 0  | The dam broke in July.       | g            | –""",
    "timeline-days": """
        told_on    | first_day  | bin | named | before | after | outlets | article_id | at
        2024-06-24 | 2024-06-19 | day | 9     | 9      | 0     | 2       | p          | 16
        2024-06-24 | 2024-06-24 | day | 1200  | 0      | 0     | 1       | p          | 40
        2024-06-25 | 2024-07-01 | day | 1     | 0      | 1     | 1       | k          | 7""",
    "timeline-reach": """
        reach          | outlet    | n    | texts | article_id | at | share | low  | high
        the day before | Kontinent | 1200 | 300   | k          | 3  | 0.25  | 0.2  | 0.31
        the day before | Post      | 12   | 0     | –          | –  | 0.0   | 0.0  | 0.24
        the same day   | Kontinent | 1200 | 15    | k          | 9  | 0.0125 | 0.01 | 0.02
        the same day   | Post      | 12   | 12    | p          | 4  | 1.0   | 0.76 | 1.0
        the same day   | Khaleej   | 4    | 2     | q          | 4  | –     | –    | –""",
    "who-is-heard": """
        speaker                      | outlets | outlet    | state     | marked | retold | via        | article_id | at
        <img src=x onerror=alert(1)> | 2       | Kontinent | heard     | 2      | 1      | ARABIC     | a1         | 40
        <img src=x onerror=alert(1)> | 2       | Post      | heard     | 0      | 3      | –          | a2         | 7
        <img src=x onerror=alert(1)> | 2       | Khaleej   | unknown   | 0      | 0      | –          | –          | –
        LONG                         | 1       | Kontinent | not heard | 0      | 0      | –          | –          | –
        LONG                         | 1       | Post      | heard     | 1      | 0      | <b>Wire</b> | a2         | 99
        LONG                         | 1       | Khaleej   | unknown   | 0      | 0      | –          | –          | –""",
    "story-quotes": """
        utterance | speaker    | outlets | outlet    | state       | cue     | article_id | at | quote                                 | full                                | primary
        sign      | the leader | 2       | Post      | fullest     | said    | p          | 70 | We will <not> sign a bad programme    | We will <not> sign a bad programme  | –
        sign      | the leader | 2       | Kontinent | edited      | claimed | k          | 66 | We will never sign a bad program      | We will <not> sign a bad programme  | –
        sign      | the leader | 2       | Khaleej   | unknown     | –       | –          | –  | –                                     | We will <not> sign a bad programme  | –
        quay      | –          | 1       | Post      | truncated   | –       | p          | 9  | On the quay                           | On the quay & in the <yards>.       | The <i>speech
        quay      | –          | 1       | Kontinent | absent      | –       | –          | –  | –                                     | On the quay & in the <yards>.       | The <i>speech
        quay      | –          | 1       | Khaleej   | unknown     | –       | –          | –  | –                                     | On the quay & in the <yards>.       | The <i>speech""",
    "story-original": """
        primary_id | primary       | url              | published        | precision | length | paragraph | start | end | text                  | words | outlets | outlet    | quoted | article_id | at
        s          | The <i>speech | https://s.org/?a | 2024-06-24 00:00 | day       | 97     | 0         | 0     | 9   | Friends <b>!          | 2     | 0       | –         | –      | –          | –
        s          | The <i>speech | https://s.org/?a | 2024-06-24 00:00 | day       | 97     | 1         | 11    | 22  | On the quay           | 3     | 2       | Post      | 3      | p          | 9
        s          | The <i>speech | https://s.org/?a | 2024-06-24 00:00 | day       | 97     | 1         | 11    | 22  | On the quay           | 3     | 2       | Khaleej   | 8      | g          | 40
        s          | The <i>speech | https://s.org/?a | 2024-06-24 00:00 | day       | 97     | 1         | 22    | 40  | & in the <yards>.     | 3     | 0       | –         | –      | –          | –
        s          | The <i>speech | https://s.org/?a | 2024-06-24 00:00 | day       | 97     | 2         | 42    | 400 | Seventy words <more>. | 70    | 0       | –         | –      | –          | –
        t          | A note        | javascript:x     | –                | none      | 4      | 0         | 0     | 20  | No ship will sail.    | 4     | 1       | Kontinent | 4      | k          | 7""",
    "actors": """
        actor_id | actor                        | kind   | country | counted | mentions | n    | share | low  | high
        long     | LONG                         | group  | –       | 8       | 20       | 1200 | 0.8   | 0.6  | 0.9
        img      | <img src=x onerror=alert(1)> | person | GBR     | 4       | 4        | 1200 | 0.4   | 0.2  | 0.6
        rtl      | ARABIC                       | person | –       | 1       | 1        | 1200 | 0.1   | 0.0  | 0.4""",
    "tone-towards": """
        actor_id | actor                        | outlet    | tone | low  | high | n  | articles
        img      | <img src=x onerror=alert(1)> | Post      | 0.6  | 0.4  | 0.8  | 12 | 9
        img      | <img src=x onerror=alert(1)> | Kontinent | -0.1 | -0.3 | 0.1  | 11 | 8
        port     | Port & Harbour               | Kontinent | –    | –    | –    | 3  | 2""",
    "speakers": """
        speaker        | quotes | outlets | share | low  | high
        The <i>boss</i>| 1200   | 2       | 0.75  | 0.7  | 0.8
        $5 & $6        | 400    | 1       | 0.25  | 0.2  | 0.3""",
    "speakers-by-outlet": """
        speaker         | outlet    | quotes | n  | share | low  | high | article_id | at
        The <i>boss</i> | Post      | 9      | 12 | 0.75  | 0.47 | 0.91 | p          | 70
        The <i>boss</i> | Kontinent | 0      | 20 | 0.0   | 0.0  | 0.16 | –          | –
        $5 & $6         | Post      | 1      | 12 | 0.083 | 0.01 | 0.35 | p          | 90
        $5 & $6         | Khaleej   | 3      | 4  | –     | –    | –    | g          | 7""",
    "source-types": """
        source_type | outlet    | quotes | n  | share | low  | high | article_id | at
        person      | Post      | 9      | 12 | 0.75  | 0.47 | 0.91 | p          | 70
        person      | Khaleej   | 3      | 4  | –     | –    | –    | g          | 7
        document    | Post      | 0      | 12 | 0.0   | 0.0  | 0.24 | –          | –
        anonymous   | Post      | 3      | 12 | 0.25  | 0.09 | 0.53 | p          | 90
        anonymous   | Khaleej   | 1      | 4  | –     | –    | –    | g          | 40""",
    "labels-by-outlet": """
        actor_id | actor | label                | outlet    | times | n    | first_day  | last_day   | day        | article_id | at | sentence
        img      | Lee   | union <b>boss        | Post      | 7     | 1200 | 2024-06-01 | 2024-06-24 | 2024-06-01 | p          | 4  | Union <i>boss</i> Ann Lee said no.
        img      | Lee   | union <b>boss        | Post      | 7     | 1200 | 2024-06-01 | 2024-06-24 | –          | p          | 60 | The boss & the union left.
        img      | Lee   | LONG                 | Kontinent | 1     | 3    | –          | –          | –          | k          | 8  | ARABIC""",
    "source-unnamed": """
        outlet    | speaker          | via     | quote                    | article_id | at
        Post      | two <b>officials | Reuters | We will <not> sign & go. | p          | 70
        Kontinent | –                | –       | =HYPERLINK("x")          | k          | 66""",
    "together": """
        kind  | left_id | left                         | right_id | right                        | together | expected | sentences | left_texts | right_texts | n    | log_odds | low | high | q
        pair  | img     | <img src=x onerror=alert(1)> | rtl      | ARABIC                       | 9        | 2.24     | 4         | 40         | 12          | 1200 | 4.0      | 2.0 | 6.0  | 0.0001
        pair  | long    | LONG                         | rtl      | ARABIC                       | 6        | 3.1      | 0         | 90         | 12          | 1200 | 1.5      | 0.3 | 2.7  | 0.031
        actor | long    | LONG                         | long     | LONG                         | 90       | –        | –         | 90         | 90          | 1200 | –        | –   | –    | –
        actor | img     | <img src=x onerror=alert(1)> | img      | <img src=x onerror=alert(1)> | 40       | –        | –         | 40         | 40          | 1200 | –        | –   | –    | –
        actor | rtl     | ARABIC                       | rtl      | ARABIC                       | 12       | –        | –         | 12         | 12          | 1200 | –        | –   | –    | –""",
    "acting": """
        actor_id | actor                        | kind   | agents | patients | n    | share | low  | high | mentions | read | all_share
        img      | <img src=x onerror=alert(1)> | person | 900    | 300      | 1200 | 0.75  | 0.72 | 0.77 | 2400     | 2300 | 0.6
        long     | LONG                         | group  | 5      | 5        | 10   | 0.5   | 0.24 | 0.76 | 20       | 20   | 0.6
        rtl      | ARABIC                       | person | 0      | 11       | 11   | 0.0   | 0.0  | 0.26 | 30       | 11   | 0.6""",
    "passives": """
        actor_id | actor                        | agentless | passives | outlet    | before         | mention | after                             | article_id | at
        img      | <img src=x onerror=alert(1)> | 1200      | 1300     | Post      |                | <b>Lee  | was arrested & <i>charged</i>.    | p          | 70
        img      | <img src=x onerror=alert(1)> | 1200      | 1300     | Kontinent | On Monday      | Ann Lee | , of Brill, was named =HYPERLINK. | k          | 9
        rtl      | ARABIC                       | 1         | 1        | Khaleej   | It is said ... | ARABIC  |                                   | g          | 7""",
    "frames": """
        frame          | outlet    | n  | share | low  | high
        human_interest | Kontinent | 12 | 1.0   | 0.76 | 1.0
        human_interest | Post      | 12 | 0.0   | 0.0  | 0.24
        conflict       | Post      | 12 | 0.5   | 0.25 | 0.75""",
    "reporting-verbs": """
        outlet    | cue_class  | verbs | n  | share | low  | high | words
        Kontinent | endorsing  | 0     | 12 | 0.0   | 0.0  | 0.24 | –
        Kontinent | neutral    | 9     | 12 | 0.75  | 0.47 | 0.91 | said 9 · told <b> 2
        Kontinent | distancing | 3     | 12 | 0.25  | 0.09 | 0.53 | claimed 3
        Post      | endorsing  | 0     | 2  | –     | –    | –    | –
        Post      | neutral    | 2     | 2  | –     | –    | –    | said 9 · told <b> 2
        Post      | distancing | 0     | 2  | –     | –    | –    | claimed 3""",
    "frame-evidence": """
        frame          | outlet    | score | article_id | at | before | evidence | after
        human_interest | Kontinent | 0.9   | k          | 66 | The    | <union>  | strikes & waits.
        conflict       | gone      | 0.55  | g          | 0  |        | Clash    | in port.""",
    "distinct-words": """
        word     | log_odds | low  | high | z    | q     | left | right | left_rate | right_rate | side    | left_outlet | right_outlet
        strikers | 1.6      | 0.9  | 2.3  | 4.5  | 0.001 | 20   | 2     | 41.5      | 4.2        | left    | Post        | Kontinent
        <b>walk  | -1.2     | -2.0 | -0.4 | -3.1 | 0.01  | 1    | 12    | 2.1       | 25.0       | right   | Post        | Kontinent
        port     | 0.1      | –    | –    | 0.3  | 0.9   | 5    | 5     | 10.4      | 10.4       | neither | Post        | Kontinent""",
    "word-shift": """
        word    | contribution | kind          | difference | left_outlet | right_outlet
        bad     | -0.012       | negative more | -0.0314    | Post        | Kontinent
        <u>good | 0.004        | positive more | -0.0314    | Post        | Kontinent
        violent | 0.003        | negative less | -0.0314    | Post        | Kontinent
        happy   | -0.002       | positive less | -0.0314    | Post        | Kontinent""",
    "contexts": """
        left         | hit   | right         | outlet    | day        | article_id | at
        Here the <b> | ferry | waits & waits | Post      | 2024-06-24 | p          | 7
        A            | FERRY |               | Kontinent | –          | k          | 0""",
    "sources": """
        outlet    | country | language | family      | articles | undated | first      | last       | days | lost
        Post      | GBR     | en       | North <b>   | 8522     | 3       | 2024-05-01 | 2024-06-24 | 42   | 2
        Khaleej   | –       | –        | –           | 0        | 0       | –          | –          | 0    | 0""",
    "runs": """
        started          | status   | read | new | changed | unchanged | quarantined | seconds | code_version
        2024-06-25 09:00 | complete | 1200 | 206 | 1       | 993       | 1           | 61.7    | 0.1.0 & more
        2024-06-24 09:00 | failed   | 0    | 0   | 0       | 0         | 0           | –       |""",
    "quarantine": """
        inputs | reason            | remedy              | source         | stage   | item
        1200   | the <page> is bad | look at the address | feed:Kontinent | extract | feed#1""",
    "versions": """
        version | made             | run_id
        46      | 2024-06-25 09:01 | r46
        45      | 2024-06-24 09:01 | r45""",
    "tables": """
        table    | one_row               | key         | rows
        outlets  | an outlet             | outlet      | 3
        events   | a day of a story      | story, day  | 0""",
    "dictionary": """
        table    | column  | type  | meaning          | unit | values
        outlets  | outlet  | str   | short name       |      |
        articles | words   | int64 | words of a text  | 1    |
        outlets  | country | str   | where it is made |      | ISO 3166""",
}  # fmt: skip
TABLES["stories"] = TABLES["leading"]
TABLES["agenda-actors"] = TABLES["agenda-stories"]


def answer_for(slug: str) -> Answer:
    """The invented answer of a chart."""
    return Answer(frame=read_rows(TABLES[slug]), n=1200, unit="articles", verdict="", interval="95 %")


def read_rows(text: str) -> pd.DataFrame:
    """The frame that a table to read stands for."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    frame = pd.DataFrame([[_read_cell(cell) for cell in row] for row in rows], columns=head)
    times = {
        name: pd.to_datetime(frame[name]) for name in head if name != "value" and _holds_times(frame[name])
    }
    return frame.assign(**times)


def _read_cell(cell: str) -> object:
    try:
        return json.loads(cell)
    except ValueError:
        return {"–": None, "LONG": LONG, "ARABIC": ARABIC}.get(cell, cell)


def _holds_times(column: pd.Series) -> bool:
    known = column.dropna().astype(str)
    return len(known) > 0 and all(TIME.fullmatch(text) for text in known)

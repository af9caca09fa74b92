"""Claims: which sentences of different outlets say the same thing of one story, and which stand alone.

Two sentences are linked where each is the other's best match in that outlet and alike enough, or where they
are nearly the same; every sentence of a claim is linked to its most central one. Precision goes before recall,
and before "left out" too: where an outlet has a sentence that is somewhat alike, or where nothing can be
sought, the table `echoes` says that it is not sure.
"""

from etl.transform.claims.align import CLAIMS as CLAIMS
from etl.transform.claims.align import align_claims as align_claims
from etl.transform.claims.conflicts import AT_ODDS as AT_ODDS
from etl.transform.claims.conflicts import CONFLICTS as CONFLICTS
from etl.transform.claims.echoes import ECHOES as ECHOES
from etl.transform.claims.gaps import GAPS as GAPS

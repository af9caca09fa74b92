"""NewsPrism's ETL, in five lines:

extract    reads feeds, pages and files, keeps the raw bytes and yields one clean `Article` each;
transform  computes tables from tables: sentences, tone, actors, quotes, dates, reprints, stories, events;
load       writes them to a versioned store in one step, so that a reader never sees half a refresh;
evaluate   holds every feature against labelled data;
pipeline   strings these together as `refresh()`.
"""

"""Transform: from tables to tables. One file a feature; `features.FEATURES` lists them all."""

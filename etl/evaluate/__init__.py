"""Evaluate: labelled data in, own or given predictions, the field's metrics with intervals out."""

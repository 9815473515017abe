"""Portfolio, programme, tranche, project and stage; who sits on them; the standards they inherit."""

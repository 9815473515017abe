"""Published portfolios: taking publications in, following projects through them, totals with their gaps, ratings scored."""

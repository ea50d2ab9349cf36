"""[both] Bytes sealed, checked and kept under ``fb/v1``; knows neither case nor table."""

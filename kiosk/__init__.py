"""The station without a face: plain Python, headless, and it does not know what draws it."""

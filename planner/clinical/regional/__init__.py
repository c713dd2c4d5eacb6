"""Regional anesthesia: which block, at what dose within one budget, how long after an antithrombotic, and its cards."""

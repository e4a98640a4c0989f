"""Makes the allow-list of classes and functions that pickles may name from the sources of real packages."""

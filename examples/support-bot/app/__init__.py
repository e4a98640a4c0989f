"""The support assistant of Fernhollow Homeware (an invented shop)."""

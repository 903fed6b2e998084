"""Search over everything public: words in, records out. The index knows from when until when each is public."""

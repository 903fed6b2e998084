"""How what is written becomes public: drafted, reviewed by somebody else, approved, published, withdrawn."""

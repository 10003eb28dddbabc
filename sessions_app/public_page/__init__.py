"""The profile as strangers see it: `/p/<token>`, the card to share, and what its owner may take along."""

"""The public page behind an invite link."""

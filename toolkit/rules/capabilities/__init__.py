"""What the integration can do, capability by capability."""

"""The requests that LaunchDarkly sends."""

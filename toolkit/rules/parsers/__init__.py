"""What LaunchDarkly reads from requests and answers: JSON pointers and regular expressions."""

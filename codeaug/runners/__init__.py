"""What runs a build's steps in the sandbox, and the helper programs that run inside it."""

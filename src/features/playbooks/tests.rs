//! Unit tests of playbooks.

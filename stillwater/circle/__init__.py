"""The people who help: roles, permissions, invitations, and what a reviewer sorted."""

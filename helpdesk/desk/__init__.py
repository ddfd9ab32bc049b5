"""The desk itself: the gate every act passes, users and roles, the audit chain, trust, drafts, places."""

"""What is known and done about places: assessments, engagement, plans, services, obstacles; no family is named here."""

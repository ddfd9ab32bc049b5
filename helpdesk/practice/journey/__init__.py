"""The journey of fictional families: sessions, visits, clearances, departures, arrivals and calls."""

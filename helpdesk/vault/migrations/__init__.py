"""How stores of earlier releases become today's. Migrations never import today's tables or kinds."""

"""One page per noun of the field. Pages never import pages; they meet through ``Surroundings.go``."""

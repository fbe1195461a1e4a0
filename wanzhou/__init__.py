"""Composition: settings, the site map and the server entry of the plan tracker."""

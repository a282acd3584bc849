"""One snapshot, four renderings that agree to the digit: web page, PDF, FHIR R4 and CSV."""

"""The closed lists of a profile. Pure."""

# What a person has that makes some exercises a question for a doctor or a physiotherapist first (3-clinical, 3).
CONDITIONS = (
    "hip-replacement",
    "osteoporosis",
    "pregnancy",
    "high-blood-pressure",
    "acute-disc-pain",
    "spinal-stenosis",
    "spondylolisthesis",
    "outer-hip-pain",
    "knee-pain",
    "wrist-pain",
    "poor-balance",
)

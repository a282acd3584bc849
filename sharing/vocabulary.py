"""The closed lists of sharing. Pure."""

# What a report may show, in the order in which it stands there. Who, which dates, how many days were logged and the
# patient's question are always in it.
SECTIONS = ("symptoms", "flags", "exercises", "body", "diary", "notes")

# What a linked physiotherapist may do beyond reading the sections that the patient chose.
PERMISSIONS = ("prescribe",)
SCOPES = (*SECTIONS, *PERMISSIONS)

# Who asks to be linked.
ROLES = ("patient", "physiotherapist")

# What of a patient's was read, in the log that the patient sees ...
READS = (
    *("page", "pdf", "csv", "fhir", "json", "manifest", "file"),
    *("triage", "report", "flags", "prescriptions", "messages", "stops"),
)
# ... and what came of the attempt. `no-passcode`: it was asked for; `previewed`: a program that shows pictures of links
# came by, and was shown nothing.
OUTCOMES = ("opened", "wrong-passcode", "no-passcode", "locked", "expired", "revoked", "ended", "previewed")

# Why a patient stands in the list of those who need attention; the first that holds puts them there, "good-news" apart.
TRIAGE = ("red-flag", "worsening", "made-worse", "two-missed", "silent-week", "message", "good-news")

# How a link stands.
SHARE_STATES = ("open", "locked", "expired", "revoked")

DAYS_OF_A_LINK = 30
LONGEST_LINK_DAYS = 366
LABEL_LENGTH = 80
INVITATION_DAYS = 14
PASSCODE_ATTEMPTS = 10
PASSCODE_LENGTH = (4, 64)
QUESTION_LENGTH = 500
MESSAGE_LENGTH = 2000
NOTE_LENGTH = 4000
# At a time, of one person.
MOST_INVITATIONS = 20
MOST_LINKS = 100
# Kept, lent ones among them.
MOST_REPORTS = 150
LONGEST_PERIOD_DAYS = 366 * 30
MOST_CLINICS = 5
MOST_MEMBERS = 200
LONGEST_STAND_IN_DAYS = 92

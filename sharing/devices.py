"""What has opened a link, in the few words that a patient can make use of: a browser, or a program's preview. Pure."""

from __future__ import annotations

from accounts.browsers import browser_of, found_in

# Programs that fetch an address when somebody sends it, to show a picture of it, and that say who they are.
PREVIEWS = (
    (r"\bWhatsApp/", "WhatsApp"),
    (r"\bTelegramBot\b", "Telegram"),
    (r"\bSlack(?:bot|-ImgProxy)", "Slack"),
    (r"\b(?:facebookexternalhit|facebookcatalog|Facebot|meta-externalagent)\b", "Facebook"),
    (r"\bSkypeUriPreview\b", "Skype"),
    (r"\bMicrosoftPreview\b|\bBingPreview\b", "Microsoft"),
    (r"\bDiscordbot\b", "Discord"),
    (r"\bLinkedInBot\b", "LinkedIn"),
    (r"\bTwitterbot\b", "X"),
    (r"\b(?:Googlebot|GoogleOther|Google-PageRenderer|Google-Safety|GoogleImageProxy)\b", "Google"),
    (r"\b(?:Applebot|bingbot|DuckDuckBot|YandexBot|Iframely|Embedly|redditbot|Mastodon|vkShare|Synapse)\b", ""),
)


def device_of(user_agent: str) -> str:
    """At most 60 characters, all of them ours: nothing of what the browser wrote is repeated."""
    preview = preview_of(user_agent)
    if preview is not None:
        return f"Link preview, {preview}" if preview else "Link preview"
    return browser_of(user_agent)


def preview_of(user_agent: str) -> str | None:
    """Whose preview asks, "" when that is hard to say; None: a person, or a program that does not say what it is."""
    return found_in(PREVIEWS, user_agent)

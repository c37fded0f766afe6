"""What secrets look like: the tokens that have a form of their own, and where to look closer."""

from __future__ import annotations

import re

FORMS = {
    "an AWS access key": r"\b(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[0-9A-Z]{16}\b",
    "a private key": r"BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY|PuTTY-User-Key-File-\d",
    "an age key": r"\bAGE-SECRET-KEY-1[0-9A-Z]{20}",
    "a GitHub token": r"\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{50}",
    "a GitLab token": (
        r"\bgl(?:pat|dt|rt|rtr|ptt|soat|cbt|agent|oas|ffct|imt|ft|wt)-[\w-]{20}|"
        r"\bGR1348941[\w-]{20}"
    ),
    "a Slack token": r"\bxox[abceoprs]-[A-Za-z0-9-]{10}|\bxapp-\d-[A-Z0-9]{8}",
    "a Slack webhook": r"hooks\.slack\.com/(?:services|workflows)/[TA]\w{6,20}/\w{6}",
    "a Stripe key": r"\b[rsp]k_(?:live|test)_[0-9a-zA-Z]{16}|\bwhsec_[A-Za-z0-9+/]{24}",
    "a Twilio key": r"\b(?:AC|SK)[0-9a-f]{32}\b",
    "a SendGrid key": r"\bSG\.[\w-]{20,24}\.[\w-]{39,50}",
    "an OpenAI key": r"\bsk-(?:proj|svcacct|admin)-[\w-]{20}|\bsk-[A-Za-z0-9]{20}T3BlbkFJ",
    "an Anthropic key": r"\bsk-ant-[a-z0-9]{3,10}-[\w-]{20}",
    "an Azure key": (
        r"\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40}|[?&]sig=[A-Za-z0-9+/%]{40}"
    ),
    "an npm token": r"\bnpm_[A-Za-z0-9]{36}|:_authToken=[\w-]{10}",
    "a PyPI token": r"\bpypi-AgE[\w-]{20}",
    "a Google key": r"\bAIza[\w-]{35}|\bya29\.[\w-]{20}|\bGOCSPX-[\w-]{20}",
    "a Hugging Face token": r"\bhf_[A-Za-z0-9]{30}",
    "a Telegram token": r"\b\d{8,10}:AA[\w-]{33}\b",
    "a Discord token": r"\b[MNO][A-Za-z\d_-]{23,25}\.[\w-]{6}\.[\w-]{27}",
    "a Square key": r"\bsq0(?:atp|csp|idp)-[\w-]{22}",
    "a Mailchimp key": r"\b[0-9a-f]{32}-us\d{1,2}\b",
    "a DigitalOcean token": r"\bdo[opr]_v1_[a-f0-9]{64}\b",
    "a Vault token": r"\bhv[sbr]\.[\w-]{24}",
    "a Databricks token": r"\bdapi[0-9a-f]{32}\b",
    "a JSON web token": r"\beyJ[\w-]{8,600}\.eyJ[\w-]{8}",
}
# All that is looked at closer, in lower case: beginnings of the forms above and of those that only
# detect-secrets knows, addresses with a password, and names of things that are secret. Told apart
# by their first letter, which makes it several times as fast as the forms themselves: so what must
# stand before comes last.
SUSPECT = re.compile(
    r"a(?:3t[a-z0-9]{17}|[bk]ia|sia[0-9a-z]{16}|cca[0-9a-z]{16}|c[0-9a-f]{32}|kc[a-z0-9]{10}|"
    r"p[0-9a-f][a-z0-9]{8}|iza|ge-secret|ccountkey=|(?:pi|ccess|uth|ccount|pp|ws)[_-]?key|uth\s?=\s?\()|"
    r"b(?:egin [a-z0-9 ]{0,40}private|earer [\w.~+/-]{20})|"
    r"c(?:redential|ontrase|lient[_-]?key)|d(?:o[opr]_v1_|api[0-9a-f]{32}|b[_-]?key)|"
    r"e(?:yj|ncryption[_-]?key)|"
    r"g(?:h[pousr]_|ithub_pat_|l[a-z]{2,5}-|r1348941|ocspx)|"
    r"h(?:ooks\.slack|f_[a-z0-9]{30}|v[sbr]\.)|master[_-]?key|npm_|"
    r"p(?:ypi-a|ass(?:[wpck_\d]|\b)|wd|rivate[_-]?key|utty-user|k_(?:live|test)_)|"
    r"rk_(?:live|test)_|"
    r"s(?:k[0-9a-f]{32}|k_(?:live|test)_|k-|g\.|ig=|q0|ecret|haredaccesskey|torage[_-]?key|"
    r"igning[_-]?key|ervice[_-]?key|oftlayer)|"
    r"token|whsec_|x(?:ox[a-z]-|app-)|ya29\.|_authtoken|"
    r"-us\d(?<=[0-9a-f]{32}-us\d)|\.(?<=[a-z\d_-]{24}\.)[\w-]{6}\.|:(?<=\d{8}:)[a-z0-9_-]{35}|"
    r"://[^\s/:@]{0,64}:[^\s/@]{3,128}@"
)


def is_suspect(text: str) -> bool:
    """Whether a text is worth a closer look: fast, and never False for one that holds a secret."""
    return SUSPECT.search(text.lower()) is not None

"""What of a repository's source may leave this machine, and why not.

`Policy` judges files (by path, owner, licence and marks) and texts (by the secrets in them). It
sends nothing itself: whoever sends asks first, and writes the ledger. Where it may be sent is
`codeaug.endpoints`' matter. The docs are in `docs/egress.md`.
"""

from codeaug.egress.owners import files as codeowners
from codeaug.egress.policy import Policy
from codeaug.egress.secrets import Secret, likely_secrets, secrets

__all__ = ["Policy", "Secret", "codeowners", "likely_secrets", "secrets"]

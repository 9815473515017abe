"""The records of this package: the table of contents."""

from mainstay.assurance.approval.model import Approval
from mainstay.assurance.assessment.model import Assessment
from mainstay.assurance.bank.model import Bank
from mainstay.assurance.coverage.model import Coverage
from mainstay.assurance.document.model import Document
from mainstay.assurance.gate.model import Gate
from mainstay.assurance.interview.model import Interview
from mainstay.assurance.member.model import Member
from mainstay.assurance.proposal.model import Proposal
from mainstay.assurance.recipient.model import Recipient
from mainstay.assurance.recommendation.model import Recommendation
from mainstay.assurance.report.model import Report
from mainstay.assurance.review.model import Review
from mainstay.assurance.reviewer.model import Reviewer

__all__ = [
    "Approval",
    "Assessment",
    "Bank",
    "Coverage",
    "Document",
    "Gate",
    "Interview",
    "Member",
    "Proposal",
    "Recipient",
    "Recommendation",
    "Report",
    "Review",
    "Reviewer",
]

"""Lambdas, method references and anonymous classes of Java."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms.lambda_form._anonymous import anonymous_to_lambda, lambda_to_anonymous
from codeaug.transforms.lambda_form._java_examples import (
    ANONYMOUS_TO_LAMBDA,
    LAMBDA_TO_ANONYMOUS,
    LAMBDA_TO_REFERENCE,
    REFERENCE_TO_LAMBDA,
)
from codeaug.transforms.lambda_form._references import lambda_to_reference, reference_to_lambda

DIRECTIONS: Directions = {
    "lambda-to-reference": (lambda_to_reference, LAMBDA_TO_REFERENCE),
    "reference-to-lambda": (reference_to_lambda, REFERENCE_TO_LAMBDA),
    "anonymous-to-lambda": (anonymous_to_lambda, ANONYMOUS_TO_LAMBDA),
    "lambda-to-anonymous": (lambda_to_anonymous, LAMBDA_TO_ANONYMOUS),
}

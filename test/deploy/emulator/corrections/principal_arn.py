"""In AWS, `aws:PrincipalArn` of an assumed role is the role's own ARN; the emulator returns the session's ARN."""

import re

import ministack.core.iam_evaluator as evaluator

# Our roles have no path.
SESSION = re.compile(r"arn:(aws[a-z-]*):sts::(\d{12}):assumed-role/([^/]+)/.+")


def install():
    resolve = evaluator._resolve_condition_key

    def resolved(key, ctx):
        session = SESSION.fullmatch(ctx.principal_arn or "")
        if key.lower() == "aws:principalarn" and session:
            return f"arn:{session[1]}:iam::{session[2]}:role/{session[3]}"
        return resolve(key, ctx)

    evaluator._resolve_condition_key = resolved

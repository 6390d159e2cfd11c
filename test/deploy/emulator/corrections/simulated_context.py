"""SimulatePrincipalPolicy with the caller's context, which the emulator omits from its decision."""

import contextvars

import ministack.core.iam_evaluator as evaluator
import ministack.services.iam as iam

_context = contextvars.ContextVar("context", default={})


def _entries(parameters):
    entries, number = {}, 1
    while name := iam._p(parameters, f"ContextEntries.member.{number}.ContextKeyName"):
        entries[name.lower()] = iam._p(parameters, f"ContextEntries.member.{number}.ContextKeyValues.member.1")
        number += 1
    return entries


def install():
    evaluate, simulate = evaluator.evaluate, iam._simulate_principal_policy

    def evaluate_with_context(context, policies, *limits):
        context.service_context.update(_context.get())
        return evaluate(context, policies, *limits)

    def simulate_with_context(parameters):
        token = _context.set(_entries(parameters))
        try:
            return simulate(parameters)
        finally:
            _context.reset(token)

    evaluator.evaluate = evaluate_with_context
    iam._IAM_HANDLERS["SimulatePrincipalPolicy"] = simulate_with_context

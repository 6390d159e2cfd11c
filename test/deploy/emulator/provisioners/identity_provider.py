"""AWS::Cognito::UserPoolIdentityProvider, whose service the emulator has. No document of a provider is verified, and no provider is called."""

import ministack.services.cognito as cognito

from .answers import only, require_success

TYPE = "AWS::Cognito::UserPoolIdentityProvider"
KNOWN = ["UserPoolId", "ProviderName", "ProviderType", "ProviderDetails", "AttributeMapping", "IdpIdentifiers"]


def _properties(properties):
    only(properties, KNOWN, TYPE)
    return {name: properties[name] for name in KNOWN if name in properties}


def create(_logical_id, properties, _stack_name):
    require_success(cognito._create_identity_provider(_properties(properties)), TYPE)
    return properties["ProviderName"], {}


def update(physical_id, _old, properties, _stack_name):
    require_success(cognito._update_identity_provider(_properties(properties)), TYPE)
    return physical_id, {}


def delete(_physical_id, properties):
    names = {name: properties[name] for name in ("UserPoolId", "ProviderName")}
    require_success(cognito._delete_identity_provider(names), TYPE)

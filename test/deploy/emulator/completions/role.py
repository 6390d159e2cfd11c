import ministack.services.iam as iam

from provisioners.answers import require_success

TYPE = "AWS::IAM::Role"


def complete(name, properties):
    boundary = properties.get("PermissionsBoundary")
    if boundary:
        request = {"RoleName": name, "PermissionsBoundary": boundary}
        require_success(iam._put_role_permissions_boundary(request), TYPE)
    elif iam._roles[name].get("PermissionsBoundary"):
        require_success(iam._delete_role_permissions_boundary({"RoleName": name}), TYPE)

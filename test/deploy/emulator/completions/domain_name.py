"""AWS::ApiGateway::DomainName: API Gateway requires a certificate from ACM in this Region for that name; the emulator accepts any text."""

import ministack.services.acm as acm


def complete(name, properties):
    certificate = acm._certificates.get(properties["RegionalCertificateArn"], {})
    if certificate.get("Status") != "ISSUED" or name not in certificate["SubjectAlternativeNames"]:
        raise ValueError(f"AWS::ApiGateway::DomainName: ACM has issued no certificate with this ARN for {name} in this Region")

"""AWS::ApiGateway::DomainName: API Gateway takes a certificate that ACM has here, for that name; the emulator takes any text."""

import ministack.services.acm as acm


def complete(name, properties):
    certificate = acm._certificates.get(properties["RegionalCertificateArn"], {})
    if certificate.get("Status") != "ISSUED" or name not in certificate["SubjectAlternativeNames"]:
        raise ValueError(f"AWS::ApiGateway::DomainName: ACM has issued no certificate of this ARN for {name} here")

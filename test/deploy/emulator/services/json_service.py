"""A service of AWS's JSON protocol. Each request has the form that AWS's own model of the service has, or is refused."""

import json

import botocore.session
from botocore.validate import ParamValidator
from ministack.core.responses import error_response_json, get_account_id, get_region, json_response


class ServiceError(ValueError):
    """An error that the service answers with."""

    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code, self.message = code, message


class JsonService:
    def __init__(self, name):
        self.name = name
        self._model = botocore.session.get_session().get_service_model(name)
        self.prefix = self._model.metadata["targetPrefix"]
        self._operations = {}

    def operation(self, implementation):
        """Registers a function under the operation that its name has in Python's style."""
        name = "".join(part.capitalize() for part in implementation.__name__.split("_"))
        self._model.operation_model(name)
        self._operations[name] = implementation
        return implementation

    def call(self, operation, parameters):
        values = json.loads(json.dumps(parameters))
        report = ParamValidator().validate(values, self._model.operation_model(operation).input_shape)
        if report.has_errors():
            raise ServiceError("ValidationException", report.generate_report())
        return self._operations[operation](values)

    async def handle_request(self, _method, _path, headers, body, _query_params):
        operation = headers.get("x-amz-target", "").rpartition(".")[2]
        if operation not in self._operations:
            return error_response_json("UnknownOperationException", f"{self.name} {operation}", 400)
        try:
            return json_response(self.call(operation, json.loads(body or b"{}")))
        except ServiceError as error:
            return error_response_json(error.code, error.message, 400)


def arn(service, resource):
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{resource}"

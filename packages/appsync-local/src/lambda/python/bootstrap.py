"""Runs in every execution environment of a Python function: loads the handler and serves the Lambda Runtime API with it, as
Lambda's Python runtime interface client does (aws/aws-lambda-python-runtime-interface-client). Python's own library only."""

import decimal
import http.client
import importlib
import json
import logging
import math
import os
import signal
import sys
import threading
import time
import traceback

BESIDE = os.path.dirname(os.path.abspath(__file__))
TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
LIFELINE = 3
BROUGHT_BY_LAMBDA = ("boto3", "botocore")


class Fault(Exception):
    """An error of the runtime itself, by the name that Lambda gives it: `Runtime.HandlerNotFound`."""

    def __init__(self, name, message, trace=()):
        super().__init__(message)
        self.name = f"Runtime.{name}"
        self.trace = list(trace)


class Host:
    """The runtime's side of the Runtime API."""

    def __init__(self, address):
        host, _, prefix = address.partition("/")
        self.prefix = (f"/{prefix}" if prefix else "") + "/2018-06-01/runtime"
        self.connection = http.client.HTTPConnection(host)

    def send(self, method, path, body=None, headers=None):
        try:
            self.connection.request(
                method, self.prefix + path, body, {"Content-Type": "application/json", **(headers or {})}
            )
            response = self.connection.getresponse()
            return response.headers, response.read()
        except OSError:
            # The host is gone, and with it all work.
            os._exit(1)

    def next(self):
        headers, body = self.send("GET", "/invocation/next")
        return (
            {
                "request_id": headers["Lambda-Runtime-Aws-Request-Id"],
                "function_arn": headers["Lambda-Runtime-Invoked-Function-Arn"],
                "deadline_ms": int(headers["Lambda-Runtime-Deadline-Ms"]),
                "trace_id": headers["Lambda-Runtime-Trace-Id"],
            },
            body,
        )

    def answer(self, request_id, text):
        self.send("POST", f"/invocation/{request_id}/response", text.encode(), {"x-max-memory-kb": memory_kb()})

    def fail(self, request_id, report):
        self.send("POST", f"/invocation/{request_id}/error", json.dumps(report).encode())

    def fail_init(self, report):
        self.send("POST", "/init/error", json.dumps(report).encode())


def memory_kb():
    try:
        import resource
    except ImportError:
        # Windows has no such module; the header is left without a number.
        return ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return str(peak // 1024 if sys.platform == "darwin" else peak)


class Context:
    """"Using the Lambda context object to retrieve Python function information", AWS Lambda developer guide."""

    def __init__(self, invocation):
        env = os.environ
        self.aws_request_id = invocation["request_id"]
        self.invoked_function_arn = invocation["function_arn"]
        self.function_name = env["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = env["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = env["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = env["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.client_context = None
        self.identity = None
        self._deadline_ms = invocation["deadline_ms"]

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))


class Logs(logging.Handler):
    """Root handler of the `logging` module. One message is one line: line breaks within it travel as carriage returns."""

    request_id = ""

    def __init__(self, as_json):
        super().__init__()
        self.as_json = as_json
        self.formatter = logging.Formatter()

    def emit(self, record):
        at = time.gmtime(record.created)
        text = self.formatter.format(record)
        if self.as_json:
            entry = {
                "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", at),
                "level": record.levelname,
                "message": record.getMessage(),
                "logger": record.name,
                "requestId": self.request_id,
            }
            if record.exc_info and record.exc_info[0]:
                kind, error, trace = record.exc_info
                entry["errorType"] = kind.__name__
                entry["errorMessage"] = str(error)
                entry["stackTrace"] = traceback.format_tb(trace)
            text = json.dumps(entry, default=str)
        else:
            stamp = f"{time.strftime('%Y-%m-%dT%H:%M:%S', at)}.{int(record.msecs):03d}Z"
            text = f"[{record.levelname}]\t{stamp}\t{self.request_id}\t{text}"
        print_line(text)


def print_line(text):
    sys.stdout.write(text.replace("\n", "\r") + "\n")
    sys.stdout.flush()


class Encoder(json.JSONEncoder):
    """Numbers of DynamoDB's are decimals, which Lambda's runtime writes as they are."""

    def default(self, value):
        if isinstance(value, decimal.Decimal):
            if value.is_nan():
                return math.nan
            return int(value) if value == value.to_integral_value() and value.as_tuple().exponent >= 0 else float(value)
        return super().default(value)


def load_handler(name):
    """`dir/file.function` below the task root. Raises Fault."""
    module_name, _, function_name = name.rpartition(".")
    if not module_name:
        raise Fault("MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        tell_missing(error)
        raise Fault("ImportModuleError", f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        where = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise Fault("UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", [where]) from error
    if not hasattr(module, function_name):
        raise Fault("HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'")
    return getattr(module, function_name)


def tell_missing(error):
    """Says what to do where a package is not here that Lambda's runtime has."""
    name = error.name or "" if isinstance(error, ImportError) else ""
    if name.partition(".")[0] in BROUGHT_BY_LAMBDA:
        print_line(f"Lambda brings {name}, and {sys.executable} has it not: pip install boto3")


def report_of(error, request_id):
    """Without the lines of this file, and without the folders of this machine, since the message may reach a client."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if not one.filename.startswith((BESIDE, "<frozen"))]
    return {
        "errorMessage": str(error).replace(TASK_ROOT, "/var/task"),
        "errorType": error.name if isinstance(error, Fault) else type(error).__name__,
        "requestId": request_id,
        "stackTrace": error.trace if isinstance(error, Fault) else traceback.format_list(frames),
    }


def log_error(report):
    trace = "".join(report["stackTrace"])
    print_line(f"[ERROR] {report['errorType']}: {report['errorMessage']}" + (f"\nTraceback (most recent call last):\n{trace}" if trace else ""))


def run(handler, invocation, body):
    """The answer, as JSON text."""
    try:
        event = json.loads(body)
    except ValueError as error:
        raise Fault("UnmarshalError", f"Unable to unmarshal input: {error}") from error
    result = handler(event, Context(invocation))
    try:
        return json.dumps(result, cls=Encoder, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise Fault("MarshalError", f"Unable to marshal response: {error}") from error


def follow_host():
    """Ends the process group as soon as the host has ended, even if it was killed."""

    def wait():
        try:
            while os.read(LIFELINE, 1024):
                pass
        except OSError:
            pass
        if hasattr(os, "killpg"):
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main():
    follow_host()
    sys.path[:] = [TASK_ROOT] + [path for path in sys.path if os.path.abspath(path) not in (BESIDE, TASK_ROOT)]
    logs = Logs(os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON")
    logging.getLogger().addHandler(logs)
    host = Host(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except BaseException as error:
        report = report_of(error, "")
        log_error(report)
        host.fail_init(report)
        sys.exit(1)
    while True:
        invocation, body = host.next()
        logs.request_id = invocation["request_id"]
        os.environ["_X_AMZN_TRACE_ID"] = invocation["trace_id"] or ""
        try:
            host.answer(invocation["request_id"], run(handler, invocation, body))
        except Exception as error:
            tell_missing(error)
            report = report_of(error, invocation["request_id"])
            log_error(report)
            host.fail(invocation["request_id"], report)


if __name__ == "__main__":
    main()

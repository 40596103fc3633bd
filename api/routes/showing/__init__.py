"""What is shown: values of the service in, views of `api.web` out; no request, no database."""

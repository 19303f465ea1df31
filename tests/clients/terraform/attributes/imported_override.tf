# For a canary that was imported: what the service never tells, the provider cannot read back. The
# code and the variables are in no answer, and the other two are the provider's own.
resource "aws_synthetics_canary" "each" {
  lifecycle {
    ignore_changes = [
      zip_file,
      run_config[0].environment_variables,
      start_canary,
      delete_lambda,
    ]
  }
}

# What terraform_test.py applies, twice: as first written, and changed.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "url" {
  type = string
}

variable "changed" {
  type    = bool
  default = false
}

locals {
  role = "arn:aws:iam::123456789012:role/canary"
}

provider "aws" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"

  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  # There is nobody here to ask for the account: the provider writes ARNs without one.
  skip_requesting_account_id = true

  endpoints {
    synthetics = var.url
  }
}

data "aws_synthetics_runtime_version" "latest" {
  prefix = "syn-nodejs-puppeteer"
  latest = true
}

data "aws_synthetics_runtime_version" "deprecated" {
  prefix  = "syn-nodejs-puppeteer"
  version = "6.1"
}

data "aws_synthetics_runtime_versions" "all" {
}

# An older runtime, with everything that is optional.
resource "aws_synthetics_canary" "old" {
  name                 = "old"
  artifact_s3_location = "s3://artifacts/old/"
  execution_role_arn   = local.role
  handler              = "checkout.handler"
  zip_file             = "checkout.zip"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  start_canary         = true
  delete_lambda        = true

  schedule {
    expression          = var.changed ? "rate(5 minutes)" : "rate(1 minute)"
    duration_in_seconds = 86400
  }

  run_config {
    timeout_in_seconds    = var.changed ? 45 : 30
    memory_in_mb          = 960
    active_tracing        = var.changed
    environment_variables = { STAGE = var.changed ? "live" : "test" }
  }

  vpc_config {
    subnet_ids         = ["subnet-1", "subnet-2"]
    security_group_ids = ["sg-1"]
  }

  artifact_config {
    s3_encryption {
      encryption_mode = "SSE_S3"
    }
  }

  success_retention_period = var.changed ? 7 : 14
  tags                     = var.changed ? { env = "live", owner = "ann" } : { env = "test", team = "shop" }
}

# A newer runtime, with nothing that is optional.
resource "aws_synthetics_canary" "new" {
  name                 = "new"
  artifact_s3_location = "s3://artifacts"
  execution_role_arn   = local.role
  handler              = var.changed ? "other.handler" : "checkout.handler"
  zip_file             = var.changed ? "other-root.zip" : "root.zip"
  runtime_version      = "syn-nodejs-puppeteer-11.0"
  start_canary         = true

  schedule {
    expression = "rate(1 hour)"
  }
}

resource "aws_synthetics_canary" "once" {
  name                 = "once"
  artifact_s3_location = "s3://artifacts/once"
  execution_role_arn   = local.role
  handler              = "checkout.handler"
  zip_file             = "checkout.zip"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  start_canary         = true

  schedule {
    expression = "rate(0 minute)"
  }

  tags = { kind = "once" }
}

# Never started, so that its update returns to READY.
resource "aws_synthetics_canary" "ready" {
  name                 = "ready"
  artifact_s3_location = "s3://artifacts/ready"
  execution_role_arn   = local.role
  handler              = "checkout.handler"
  zip_file             = "root.zip"
  runtime_version      = "syn-nodejs-puppeteer-11.0"

  schedule {
    expression = var.changed ? "rate(10 minutes)" : "rate(5 minutes)"
  }
}

resource "aws_synthetics_group" "shop" {
  name = "shop"
  tags = var.changed ? { env = "live", owner = "ann" } : { env = "test", team = "shop" }
}

resource "aws_synthetics_group" "pay" {
  name = "pay"
}

# It moves from one group to the other.
resource "aws_synthetics_group_association" "ready" {
  group_name = var.changed ? aws_synthetics_group.pay.name : aws_synthetics_group.shop.name
  canary_arn = aws_synthetics_canary.ready.arn
}

output "latest" {
  value = data.aws_synthetics_runtime_version.latest.version_name
}

output "deprecated" {
  value = {
    for name in ["version_name", "description", "release_date", "deprecation_date"] :
    name => data.aws_synthetics_runtime_version.deprecated[name]
  }
}

output "all" {
  value = data.aws_synthetics_runtime_versions.all.runtime_versions[*].version_name
}

output "arn" {
  value = aws_synthetics_canary.old.arn
}

output "group_arn" {
  value = aws_synthetics_group.shop.arn
}

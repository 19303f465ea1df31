# What terraform_test.py applies twice to see each attribute of a canary updated alone: a canary for
# each, with what is its own given from outside.
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

variable "sts" {
  type = string
}

variable "canaries" {
  type = map(object({
    artifact_s3_location     = optional(string, "s3://artifacts/first")
    execution_role_arn       = optional(string, "arn:aws:iam::111122223333:role/first")
    handler                  = optional(string, "checkout.handler")
    zip_file                 = optional(string, "checkout.zip")
    s3_key                   = optional(string)
    s3_version               = optional(string)
    runtime_version          = optional(string, "syn-nodejs-puppeteer-9.1")
    start_canary             = optional(bool)
    delete_lambda            = optional(bool)
    expression               = optional(string, "rate(5 minutes)")
    duration_in_seconds      = optional(number)
    run_config               = optional(map(string))
    environment_variables    = optional(map(string))
    vpc_config               = optional(map(list(string)))
    encryption_mode          = optional(string)
    kms_key_arn              = optional(string)
    success_retention_period = optional(number)
    failure_retention_period = optional(number)
    tags                     = optional(map(string))
  }))
}

variable "members" {
  type    = set(string)
  default = []
}

# Its account is what STS says it is.
provider "aws" {
  region     = "us-east-1"
  access_key = "111122223333"
  secret_key = "test"

  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true

  endpoints {
    synthetics = var.url
    sts        = var.sts
  }
}

resource "aws_synthetics_canary" "each" {
  for_each = var.canaries

  name                     = each.key
  artifact_s3_location     = each.value.artifact_s3_location
  execution_role_arn       = each.value.execution_role_arn
  handler                  = each.value.handler
  zip_file                 = each.value.s3_key == null ? each.value.zip_file : null
  s3_bucket                = each.value.s3_key == null ? null : "code"
  s3_key                   = each.value.s3_key
  s3_version               = each.value.s3_version
  runtime_version          = each.value.runtime_version
  start_canary             = each.value.start_canary
  delete_lambda            = each.value.delete_lambda
  success_retention_period = each.value.success_retention_period
  failure_retention_period = each.value.failure_retention_period
  tags                     = each.value.tags

  schedule {
    expression          = each.value.expression
    duration_in_seconds = each.value.duration_in_seconds
  }

  dynamic "run_config" {
    for_each = each.value.run_config[*]
    content {
      timeout_in_seconds    = lookup(run_config.value, "timeout_in_seconds", null)
      memory_in_mb          = lookup(run_config.value, "memory_in_mb", null)
      active_tracing        = lookup(run_config.value, "active_tracing", null)
      environment_variables = each.value.environment_variables
    }
  }

  dynamic "vpc_config" {
    for_each = each.value.vpc_config[*]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  dynamic "artifact_config" {
    for_each = each.value.encryption_mode[*]
    content {
      s3_encryption {
        encryption_mode = each.value.encryption_mode
        kms_key_arn     = each.value.kms_key_arn
      }
    }
  }
}

resource "aws_synthetics_group" "shop" {
  name = "Shop ü/x"
  tags = { team = "shop" }
}

resource "aws_synthetics_group_association" "each" {
  for_each = var.members

  group_name = aws_synthetics_group.shop.name
  canary_arn = aws_synthetics_canary.each[each.key].arn
}

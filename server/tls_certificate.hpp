// A certificate for those who have none.
#pragma once

#include <string>
#include <vector>

namespace synthetics::server {

// All in PEM.
struct MadeCertificate {
  std::string authority;    // what a client has to trust; nobody has its key any more
  std::string certificate;  // by that authority
  std::string key;          // the certificate's
};

// For these names and IP addresses, from a day ago, as clocks differ, for ten years.
MadeCertificate MakeCertificate(const std::vector<std::string>& names);

}  // namespace synthetics::server

// What everything here needs of mbedTLS's manners: ownership, errors, chance.
#pragma once

#include <cstddef>

#include <boost/system/error_code.hpp>

namespace synthetics::server {

// A structure of mbedTLS's, ready for use for as long as its holder lives.
template <class T, void (*kInit)(T*), void (*kFree)(T*)>
class TlsHandle {
 public:
  TlsHandle() { kInit(&value_); }
  TlsHandle(const TlsHandle&) = delete;
  TlsHandle& operator=(const TlsHandle&) = delete;
  ~TlsHandle() { kFree(&value_); }

  T* get() { return &value_; }
  const T* get() const { return &value_; }

 private:
  T value_{};
};

// A negative result of mbedTLS's as an error code with its text.
boost::system::error_code TlsError(int result);

// Throws `boost::system::system_error` where the result is an error.
void CheckTls(int result);

// The kernel's, as mbedTLS asks for it.
int TlsChance(void* context, unsigned char* into, std::size_t size);

}  // namespace synthetics::server

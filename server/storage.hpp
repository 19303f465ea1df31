// Where the state is kept.
#pragma once

#include <string>

#include "state/sqlite/database.hpp"

namespace synthetics::server {

class Storage {
 public:
  // In that directory, made where it is missing, or in memory where it is empty; with the tables of
  // this version. Throws `StartError`: what is wrong with a directory is the user's to mend.
  Storage(const std::string& directory, state::sqlite::Durability durability);

  state::sqlite::Database& database() { return database_; }

 private:
  state::sqlite::Database database_;
};

}  // namespace synthetics::server

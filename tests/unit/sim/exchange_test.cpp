#include "engine/sim/exchange.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace citytwin;

TEST_CASE("a second writer of a field is refused") {
  Exchange exchange;
  CHECK(exchange.declare({"power.voltage", "V", FieldShape::scalar, "power", ""}, 1).ok());
  const auto second = exchange.declare({"power.voltage", "V", FieldShape::scalar, "telecom", ""}, 1);
  CHECK_FALSE(second.ok());
  CHECK(second.diagnostics().has("exchange.second_writer"));
}

TEST_CASE("value fields tell what changed") {
  Exchange exchange;
  REQUIRE(exchange.declare({"a.x", "m", FieldShape::per_link, "a", ""}, 5).ok());
  exchange.set("a.x", 3, 2.0, "a");
  exchange.set("a.x", 1, 1.0, "a");
  exchange.set("a.x", 3, 2.5, "a");
  exchange.set("a.x", 0, 0.0, "a");  // no change
  REQUIRE(exchange.changed("a.x").size() == 2);
  CHECK(exchange.changed("a.x")[0] == 1);
  CHECK(exchange.changed("a.x")[1] == 3);
  exchange.begin_beat();
  CHECK(exchange.changed("a.x").empty());
  CHECK(exchange.values("a.x")[3] == 2.5);
  CHECK_THROWS_AS(exchange.set("a.x", 0, 1, "b"), std::logic_error);
}

TEST_CASE("an amount is booked once on each side, and what is in flight counts") {
  Exchange exchange;
  REQUIRE(exchange.declare({"water.to_sewer", "m3", FieldShape::amount, "water", "sewer"}, 2).ok());
  double surface = 10;
  double sewer = 0;
  const double total = surface + sewer;
  for (int beat = 0; beat < 20; ++beat) {
    // advance: the taker has room for 0.3 m3
    const double taken = std::min(0.3, exchange.offered("water.to_sewer", 1));
    sewer += taken;
    exchange.take("water.to_sewer", 1, taken, "sewer");
    // publish: the giver collects what came back and offers anew
    surface += exchange.collect_returned("water.to_sewer", 1, "water");
    const double set_aside = std::min(0.7, surface);
    surface -= set_aside;
    exchange.offer("water.to_sewer", 1, set_aside, "water");
    CHECK(surface + sewer + exchange.in_flight("water.to_sewer") == doctest::Approx(total).epsilon(1e-12));
  }
  CHECK(sewer == doctest::Approx(5.7));
}

TEST_CASE("taking more than was offered, or offering twice, is a broken invariant") {
  Exchange exchange;
  REQUIRE(exchange.declare({"w.q", "m3", FieldShape::amount, "w", "s"}, 1).ok());
  exchange.offer("w.q", 0, 1.0, "w");
  CHECK_THROWS_AS(exchange.take("w.q", 0, 1.5, "s"), std::logic_error);
  CHECK_THROWS_AS(exchange.offer("w.q", 0, 1.0, "w"), std::logic_error);
  CHECK_THROWS_AS(exchange.take("w.q", 0, 0.5, "other"), std::logic_error);
  CHECK_FALSE(exchange.declare({"w.r", "m3", FieldShape::amount, "w", ""}, 1).ok());
}

TEST_CASE("a checkpoint carries what is in flight") {
  Exchange a;
  Exchange b;
  for (Exchange* e : {&a, &b}) REQUIRE(e->declare({"w.q", "m3", FieldShape::amount, "w", "s"}, 1).ok());
  a.offer("w.q", 0, 1.25, "w");
  a.take("w.q", 0, 0.5, "s");
  SaveArchive saved;
  a.save(saved);
  LoadArchive archive(saved.bytes());
  b.load(archive);
  CHECK(archive.at_end());
  CHECK(b.collect_returned("w.q", 0, "w") == 0.75);
}

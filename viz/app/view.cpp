#include "viz/app/view.hpp"

#include <osg/Light>
#include <osg/Material>
#include <osgDB/WriteFile>
#include <osgGA/StateSetManipulator>
#include <osgGA/TerrainManipulator>
#include <osgViewer/Viewer>
#include <osgViewer/ViewerEventHandlers>

#include <cstdlib>

#include "viz/scene/scene.hpp"

namespace citytwin::viz {

namespace {

osg::ref_ptr<osg::Group> city_scene(const CityModel& city, const ViewOptions& options) {
  const Ground ground(city);
  osg::ref_ptr<osg::Group> root = new osg::Group;
  root->addChild(terrain_node(city, ground));
  root->addChild(water_bodies_node(city, ground));
  root->addChild(streets_node(city, ground));
  root->addChild(buildings_node(city, ground));
  if (!options.water_depth.empty()) root->addChild(depth_node(options.water_depth, ground));
  osg::StateSet* state = root->getOrCreateStateSet();
  state->setMode(GL_LIGHTING, osg::StateAttribute::ON);
  osg::ref_ptr<osg::Material> material = new osg::Material;
  material->setColorMode(osg::Material::AMBIENT_AND_DIFFUSE);
  state->setAttributeAndModes(material);
  return root;
}

// Over the middle of the city from the south-south-west, the whole extent in sight.
void set_home(osgGA::CameraManipulator& manipulator, const Box2& extent) {
  const double size = std::max(extent.width(), extent.height());
  manipulator.setHomePosition({-0.18 * size, -0.62 * size, 0.48 * size}, {0, -0.04 * size, 0}, {0, 0, 1});
}

Result<Done> draw_picture(osgViewer::Viewer& viewer, const std::filesystem::path& file) {
  osg::ref_ptr<osg::Image> image = new osg::Image;
  osg::Camera* camera = viewer.getCamera();
  camera->attach(osg::Camera::COLOR_BUFFER, image.get());
  for (int frame = 0; frame < 3; ++frame) viewer.frame();
  if (image->data() == nullptr || !osgDB::writeImageFile(*image, file.string()))
    return Result<Done>::failure("view.no_picture", {.file = file.string()});
  return Done{};
}

}  // namespace

Result<Done> view_city(const CityModel& city, const ViewOptions& options) {
  if (std::getenv("DISPLAY") == nullptr) return Result<Done>::failure("view.no_display");
  osgViewer::Viewer viewer;
  viewer.setThreadingModel(osgViewer::Viewer::SingleThreaded);
  viewer.setUpViewInWindow(40, 40, options.width, options.height);
  viewer.setSceneData(city_scene(city, options));
  viewer.getCamera()->setClearColor({0.93F, 0.95F, 0.97F, 1});
  viewer.setLightingMode(osg::View::SKY_LIGHT);
  osg::ref_ptr<osg::Light> sun = new osg::Light;
  sun->setPosition({-0.5F, 0.6F, 1.0F, 0});  // from the north-west, as on maps
  sun->setAmbient({0.45F, 0.45F, 0.47F, 1});
  sun->setDiffuse({0.65F, 0.65F, 0.62F, 1});
  viewer.setLight(sun);
  osg::ref_ptr<osgGA::TerrainManipulator> manipulator = new osgGA::TerrainManipulator;
  set_home(*manipulator, city.info().frame.extent);
  viewer.setCameraManipulator(manipulator);
  viewer.addEventHandler(new osgViewer::WindowSizeHandler);
  viewer.addEventHandler(new osgViewer::StatsHandler);
  viewer.realize();
  if (!viewer.isRealized()) return Result<Done>::failure("view.no_display");
  if (!options.picture.empty()) return draw_picture(viewer, options.picture);
  viewer.run();
  return Done{};
}

}  // namespace citytwin::viz

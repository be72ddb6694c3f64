<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:gml="http://www.opengis.net/gml">
<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs,crs:EPSG::25833,crs:EPSG::5783" srsDimension="3"><gml:lowerCorner>0 0 0</gml:lowerCorner><gml:upperCorner>100 100 20</gml:upperCorner></gml:Envelope></gml:boundedBy>
<core:cityObjectMember><bldg:Building gml:id="B1"><bldg:function>31001_1000</bldg:function><bldg:measuredHeight uom="urn:adv:uom:m">6.5</bldg:measuredHeight><bldg:storeysAboveGround>2</bldg:storeysAboveGround>
<bldg:lod1Solid><gml:Solid><gml:exterior><gml:CompositeSurface>
<gml:surfaceMember><gml:Polygon gml:id="P0"><gml:exterior><gml:LinearRing><gml:posList srsDimension="3">0 0 0 0 8 0 10 8 0 10 0 0 0 0 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
<gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:pos>0 0 6</gml:pos><gml:pos>10 0 6</gml:pos><gml:pos>10 8 6</gml:pos><gml:pos>0 8 6</gml:pos><gml:pos>0 0 6</gml:pos></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod1Solid>
<bldg:boundedBy><bldg:GroundSurface gml:id="G"><bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#P0"/></gml:MultiSurface></bldg:lod2MultiSurface></bldg:GroundSurface></bldg:boundedBy>
<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="B1p"/></bldg:consistsOfBuildingPart>
</bldg:Building></core:cityObjectMember></core:CityModel>
